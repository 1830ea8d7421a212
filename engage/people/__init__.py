"""Who works here: inviting people, changing what they may do, and helping them back in."""
