"""Which files hold a word: kept between runs, checked against the files before it is believed."""
