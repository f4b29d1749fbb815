@echo off
rem Double-click to start the dashboard. The first start installs what it needs (network required once).
setlocal
cd /d "%~dp0"
chcp 65001 >nul
set PYTHONUTF8=1

set "PY="
for %%V in (3.13 3.12 3.11) do if not defined PY py -%%V -c "" >nul 2>nul && set "PY=py -%%V"
if not defined PY python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=python"
if not defined PY (
  echo Chua co Python 3.11 tro len. Hay cai Python tu python.org, danh dau "Add python.exe to PATH", roi mo lai tep nay.
  echo Python 3.11 or newer is needed. Install it from python.org, tick "Add python.exe to PATH", then start this file again.
  pause
  exit /b 1
)

if not exist .venv\Scripts\python.exe %PY% -m venv .venv || goto :failed
fc /b requirements.txt .venv\installed.txt >nul 2>nul
if errorlevel 1 (
  echo Dang cai dat, vui long cho... / Installing, please wait...
  .venv\Scripts\python -m pip install --quiet --disable-pip-version-check -r requirements.txt || goto :failed
  copy /y requirements.txt .venv\installed.txt >nul
)

.venv\Scripts\python -m etl.bundled || goto :failed
start "" http://localhost:8501
.venv\Scripts\streamlit run dashboard.py || goto :failed
exit /b 0

:failed
echo Khong khoi dong duoc. Hay gui anh chup cua so nay cho nguoi cai dat.
echo It could not start. Send a picture of this window to the person who installed it.
pause
exit /b 1
