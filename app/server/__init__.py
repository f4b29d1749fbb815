"""What stands in front of Streamlit: compressed files, our own document, closed doors and security headers."""
