"""What a patient's phone reaches: from the code on a poster to the thank-you page.

Nothing here may import reports, pandas or WeasyPrint, not even indirectly: a fault in reporting can never stop
somebody answering. Every address below a code holds its language; links and forms need no script.
"""
