"""The engine: builds notebooks, runs and judges what students hand in. Knows no homework and no neural network."""
