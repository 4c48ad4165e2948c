"""How well the program groups: against truth, beside plain baselines, and as pictures to look at."""
