"""What people send, read and checked in words: answers, accounts, workspaces, links, sign-offs."""
