"""The one-time links of owners without an account: what they are called. Pure."""

PURPOSE = "action_owner"
LETTER = "action_owned"
