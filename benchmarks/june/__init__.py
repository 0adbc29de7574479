"""June 2564 played through with simulated time: are the right people reminded, once, and within the quota?"""
