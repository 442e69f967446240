"""What measures share: segments, quotations and terms, each with exact offsets into the text."""
