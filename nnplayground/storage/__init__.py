"""What is kept on disk and handed to others. Every byte that enters from outside is checked here. No Qt in here."""
