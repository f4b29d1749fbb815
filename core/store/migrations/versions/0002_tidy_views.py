"""The tidy views for people and other tools, and the views of known values they are cut from.

`known_*` views tell for each value whether it is the approved one of its key and whether it is the newest; `tidy_*`
views show exactly the columns that data/README.md lists. Each arm of a UNION ALL is a plain join, so that a condition
on the unit reaches the key index on both databases.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

TIDY = (
    'unit_code, unit_from, unit_name, year, period, indicator, member, scenario, basis, value, "of", of_kind, '
    "unit_of_measure, method, hedge, is_sample, approved, batch, source"
)
BUDGET = "flow, scope, line"
CULTURE = "group_id, group_name"
AWARDS = 'honour, "class", level, recipient, mode, decision_no'
KNOWN = "is_newest, exact_value, exact_of"

# every value that is no plain column is cast: SQLite takes a UNION ALL apart only where its arms have the same types
APPROVED_UP_TO = """
CREATE VIEW approved_up_to AS
SELECT a.unit_code, a.unit_from, a.year, a.up_to_seq
FROM approval a
WHERE a.state = 'approved' AND a.id = (
  SELECT max(b.id) FROM approval b
  WHERE b.unit_code = a.unit_code AND b.unit_from = a.unit_from AND b.year = a.year AND b.state = 'approved')
"""

# key columns are those of current_figure: a condition on the unit then goes by its primary key
DIMENSIONS = """
  i.family, i.flow, i.scope,
  CAST(CASE WHEN i.member_kind = 'budget_line' THEN c.member ELSE i.line END AS TEXT) AS line,
  CAST(CASE WHEN i.member_kind = 'residential_group' THEN c.member ELSE '' END AS TEXT) AS group_id,
  i.honour, i.level, i.recipient
"""

IS_SAMPLE = """
  CAST(u.is_sample OR coalesce((SELECT r.is_sample FROM report r WHERE r.id = b.report), false) AS {truth})
"""

KNOWN_FIGURE = """
CREATE VIEW known_figure AS
SELECT c.unit_code, c.unit_from, u.name AS unit_name, c.year, c.period, c.indicator, c.member, c.scenario, c.basis,
  CAST(f.value AS {number}) AS value, CAST(f."of" AS {number}) AS "of", f.of_kind, i.unit AS unit_of_measure,
  CAST('reported' AS TEXT) AS method, f.hedge, {is_sample} AS is_sample,
  CAST(coalesce(f.seq = c.approved_seq, false) AS {truth}) AS approved, f.batch,
  CAST(coalesce((SELECT r.name FROM report r WHERE r.id = b.report), '') AS TEXT) AS source,
  CAST(f.seq = c.seq AS {truth}) AS is_newest, CAST(f.value AS TEXT) AS exact_value, CAST(f."of" AS TEXT) AS exact_of,
  CAST(f.flags LIKE '%scope_unstated%' AS {truth}) AS scope_unstated, {dimensions}
FROM current_figure c
JOIN figure f ON f.seq IN (c.seq, c.approved_seq)
JOIN unit u ON u.code = c.unit_code AND u.valid_from = c.unit_from
JOIN indicator i ON i.id = c.indicator
JOIN batch b ON b.id = f.batch
"""

COMPUTED_DIMENSIONS = "i.family, i.flow, i.scope, v.line, v.group_id, i.honour, i.level, i.recipient"

COMPUTED_ATTAINMENT = """
CREATE VIEW computed_attainment AS
SELECT v.unit_code, v.unit_from, v.unit_name, v.year, v.period, i.id AS indicator, v.member, v.scenario, p.basis,
  CAST(v.value * 100 / p.value AS {number}) AS value, CAST(NULL AS {number}) AS "of", CAST('' AS TEXT) AS of_kind,
  i.unit AS unit_of_measure, CAST('computed' AS TEXT) AS method, CAST('' AS TEXT) AS hedge,
  CAST(v.is_sample OR p.is_sample AS {truth}) AS is_sample, CAST(v.approved AND p.approved AS {truth}) AS approved,
  CAST(CASE WHEN v.batch > p.batch THEN v.batch ELSE p.batch END AS BIGINT) AS batch, v.source,
  CAST(v.is_newest AND p.is_newest AS {truth}) AS is_newest,
  CAST(NULL AS TEXT) AS exact_value, CAST(NULL AS TEXT) AS exact_of, v.scope_unstated, {computed_dimensions}
FROM known_figure v
JOIN indicator i ON i.attainment_of = v.indicator
JOIN known_figure p ON p.unit_code = v.unit_code AND p.unit_from = v.unit_from AND p.indicator = v.indicator
  AND p.member = v.member AND p.year = v.year AND p.period = v.period AND p.scenario = 'plan'
WHERE v.scenario <> 'plan' AND p.basis NOT IN ('', 'unstated') AND v.hedge = '' AND p.hedge = ''
  AND p.value <> 0 AND p.scope_unstated = v.scope_unstated
  AND ((v.approved AND p.approved) OR (v.is_newest AND p.is_newest))
"""

COMPUTED_RATE = """
CREATE VIEW computed_rate AS
SELECT v.unit_code, v.unit_from, v.unit_name, v.year, v.period, i.id AS indicator, v.member, v.scenario, v.basis,
  CAST(v.value * 100 / v."of" AS {number}) AS value, CAST(NULL AS {number}) AS "of", v.of_kind,
  i.unit AS unit_of_measure, CAST('computed' AS TEXT) AS method, CAST('' AS TEXT) AS hedge,
  v.is_sample, v.approved, v.batch, v.source, v.is_newest,
  CAST(NULL AS TEXT) AS exact_value, CAST(NULL AS TEXT) AS exact_of, v.scope_unstated, {computed_dimensions}
FROM known_figure v
JOIN indicator i ON i.rate_of = v.indicator
WHERE v.hedge = '' AND v."of" <> 0
"""

KNOWN_VALUE = """
CREATE VIEW known_value AS
SELECT * FROM known_figure UNION ALL SELECT * FROM computed_attainment UNION ALL SELECT * FROM computed_rate
"""

CURRENT_GROUP = """
CREATE VIEW current_group AS
SELECT g.unit_code, g.unit_from, g.id, g.name, g.kind, g.valid_from, g.valid_to, g.successor, g.batch
FROM residential_group g
WHERE g.batch = (
  SELECT max(h.batch) FROM residential_group h JOIN batch b ON b.id = h.batch
  WHERE h.unit_code = g.unit_code AND h.unit_from = g.unit_from AND h.id = g.id AND b.state = 'live')
"""

GROUP_NAME = """
coalesce((SELECT g.name FROM current_group g
  WHERE g.unit_code = k.unit_code AND g.unit_from = k.unit_from AND g.id = k.group_id), '') AS group_name
"""

# the register speaks for a report's total where it has rows of the same recipient and honour (or, for totals of
# commendations by level, of any commendation at that level); a total over all levels is no single row of it and stays
REGISTER_SPEAKS = """
EXISTS (
  SELECT 1 FROM current_award ca
  JOIN honour h ON h.id = ca.honour
  WHERE ca.unit_code = k.unit_code AND ca.unit_from = k.unit_from AND ca.year = k.year AND ca.recipient = k.recipient
    AND k.period = 'year' AND k.scenario <> 'plan' AND ca.{which} IS NOT NULL
    AND ((k.honour <> '' AND ca.honour = k.honour AND k.level IN ('', ca.level))
      OR (k.honour = '' AND k.level = ca.level AND h.kind = 'form')))
"""

REGISTER_INDICATOR = """
coalesce((SELECT i.id FROM indicator i WHERE i.family = 'awards' AND i.recipient = a.recipient
  AND ((i.honour = a.honour AND i.level IN ('', a.level)) OR (i.honour = '' AND i.level = a.level AND h.kind = 'form'))
  ORDER BY i.honour DESC, i.level DESC LIMIT 1), '')
"""

REPORTED_AWARDS = """
CREATE VIEW reported_awards AS
SELECT k.unit_code, k.unit_from, k.unit_name, k.year, k.period, k.indicator, k.member, k.scenario, k.basis,
  k.value, k."of", k.of_kind, k.unit_of_measure, k.method, k.hedge, k.is_sample,
  CAST(k.approved AND NOT {approved_register} AS {truth}) AS approved, k.batch,
  CAST(CASE WHEN k.source = '' THEN 'figure' ELSE 'figure: ' || k.source END AS TEXT) AS source,
  k.honour, CAST('' AS TEXT) AS "class", k.level, k.recipient,
  CAST('' AS TEXT) AS mode, CAST('' AS TEXT) AS decision_no,
  CAST(k.is_newest AND NOT {newest_register} AS {truth}) AS is_newest, k.exact_value, k.exact_of
FROM known_value k
WHERE k.family = 'awards'
"""

REGISTERED_AWARDS = """
CREATE VIEW registered_awards AS
SELECT c.unit_code, c.unit_from, u.name AS unit_name, c.year, CAST('year' AS TEXT) AS period,
  CAST({indicator} AS TEXT) AS indicator, CAST('' AS TEXT) AS member, CAST('actual' AS TEXT) AS scenario,
  CAST('' AS TEXT) AS basis, CAST(a.count AS {number}) AS value, CAST(NULL AS {number}) AS "of",
  CAST('' AS TEXT) AS of_kind, CAST('award' AS TEXT) AS unit_of_measure, CAST('reported' AS TEXT) AS method,
  CAST('' AS TEXT) AS hedge, {is_sample} AS is_sample,
  CAST(coalesce(a.seq = c.approved_seq, false) AS {truth}) AS approved, a.batch,
  CAST(coalesce((SELECT 'register: ' || r.name FROM report r WHERE r.id = b.report), 'register') AS TEXT) AS source,
  c.honour, c.grade AS "class", c.level, c.recipient, c.mode, c.decision_no,
  CAST(a.seq = c.seq AS {truth}) AS is_newest, CAST(a.count AS TEXT) AS exact_value, CAST(NULL AS TEXT) AS exact_of
FROM current_award c
JOIN award a ON a.seq IN (c.seq, c.approved_seq)
JOIN unit u ON u.code = c.unit_code AND u.valid_from = c.unit_from
JOIN honour h ON h.id = c.honour
JOIN batch b ON b.id = a.batch
"""


def upgrade() -> None:
    """Create the views."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    truth = "INTEGER" if sqlite else "BOOLEAN"
    words = {
        "number": "REAL" if sqlite else "NUMERIC",
        "truth": truth,
        "is_sample": IS_SAMPLE.strip().format(truth=truth),
        "dimensions": DIMENSIONS,
        "computed_dimensions": COMPUTED_DIMENSIONS,
        "approved_register": REGISTER_SPEAKS.format(which="approved_seq"),
        "newest_register": REGISTER_SPEAKS.format(which="seq"),
        "indicator": REGISTER_INDICATOR,
    }
    for view in (
        APPROVED_UP_TO, CURRENT_GROUP, KNOWN_FIGURE, COMPUTED_ATTAINMENT, COMPUTED_RATE, KNOWN_VALUE,
        REPORTED_AWARDS, REGISTERED_AWARDS,
    ):
        op.execute(view.format(**words))
    known = (
        ("indicators", "", f"SELECT {TIDY}, {KNOWN} FROM known_value k"),
        ("budget", BUDGET, f"SELECT {TIDY}, {BUDGET}, {KNOWN} FROM known_value k WHERE k.family = 'budget'"),
        ("culture", CULTURE,
         f"SELECT {TIDY}, k.group_id, {GROUP_NAME}, {KNOWN} FROM known_value k WHERE k.family = 'culture'"),
        ("awards", AWARDS,
         f"SELECT {TIDY}, {AWARDS}, {KNOWN} FROM reported_awards WHERE approved OR is_newest "
         f"UNION ALL SELECT {TIDY}, {AWARDS}, {KNOWN} FROM registered_awards"),
    )
    for name, own, query in known:
        op.execute(f"CREATE VIEW known_{name} AS {query}")
        columns = f"{TIDY}, {own}" if own else TIDY
        op.execute(f"CREATE VIEW tidy_{name} AS SELECT {columns} FROM known_{name}")
