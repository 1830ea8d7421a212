"""Promises about the code as a whole: each test here names one, and fails when somebody breaks it unawares."""
