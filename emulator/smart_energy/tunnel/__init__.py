"""Messages for remote parties through the Tunneling cluster: who opens, carries and stores."""
