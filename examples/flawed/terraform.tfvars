# Off since the load test in March.
point_in_time_recovery = false
