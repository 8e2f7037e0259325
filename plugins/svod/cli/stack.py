"""`demo`, `up`, `down`, `status`: the embedded stack."""
