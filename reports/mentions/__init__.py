"""What people raised in their own words, from codes given to comments to tables that may be shown.

``reading`` counts each person once per question, ``gate`` decides what may be shown, ``tables`` makes it so.
"""
