"""How each network is trained: which losses, in which stages."""
