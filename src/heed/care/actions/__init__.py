"""The only writers of what is kept of the people who handle complaints. Of what was said in confidence not even the audit
trail learns anything: it holds that a talk took place, never that somebody wrote a note or a reflection (R140)."""
