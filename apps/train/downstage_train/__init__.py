"""Trains, measures and packs the two slice networks of Downstage: the liver and its lesions."""
