"""Photos and signatures of households."""
