"""The pages on which a survey is translated: languages, texts, translators' sheets and sign-offs."""
