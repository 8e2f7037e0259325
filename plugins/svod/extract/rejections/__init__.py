"""Why a number is no metric: named rules, by the job that the number does."""
