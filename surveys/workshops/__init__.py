"""What workshops said about the themes of a survey: kept beside the answers, and never counted among them."""
