"""Bringing a commission's registers in: CSV and XLSX files of six kinds, row by row.

The reading half knows no database and no clock. Its order:

`refusals`  why a whole file cannot be used (`ImportRefused`, one sentence each)
`columns`   which registers exist, read from `registers.toml`: fields, header names, vocabularies
`csv_files`, `xlsx_files`   bytes → sheets of raw cells, within limits
`sheets`    `open_table`: the sheet, the header row and the kind, with each row's own number
`values`    one cell → one typed value, or a `CellProblem`
`readers`   `read_register`: rows with values, problems, notes and a stable hash

The storing half (operations, repair screen) starts from `readers.read_register`. Rows with
problems go to the repair list whole, the others are stored, so that for every file
read = stored + unchanged + rows with problems.
"""
