"""Village leaders: photos of houses and their numbers. A photo is never lost for want of a number."""
