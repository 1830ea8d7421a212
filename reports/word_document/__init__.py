"""The board report as an editable Word file, made from the same HTML as the PDF, so that both say the same.

Headings, lists, tables and captions are Word's own; charts are pictures with the charts' own alternative texts.
"""

from reports.word_document.writing import board_report_docx

__all__ = ["board_report_docx"]
