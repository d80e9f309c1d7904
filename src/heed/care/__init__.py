"""Looking after the people who handle complaints: training, talks in confidence, workload, skills, support, shared practice."""
