"""The domain: questionnaires, collectors, answers and the tables that hold them.

Code in this package may not import ``engage`` or ``reports``, and may not know Flask, HTTP, pandas or WeasyPrint.
It uses the standard library, SQLAlchemy, PyYAML, qrcode and cryptography; spreadsheets are read and written by
openpyxl and XlsxWriter, imported late and only in importing and exporting, and strategy documents by markdown-it and
PDFium, late as well; common names come from zxcvbn's lists, also late. The modules that define a questionnaire
(questionnaire, questionnaire_file, questionnaire_rules, wording, routing, answers) import no SQLAlchemy.

Functions take the session first and everything else by keyword; time (``at``) and actor (``by``) are passed in.
They flush and never commit: the caller owns the transaction.
"""
