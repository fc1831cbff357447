"""nbgrader's exchange: the folder through which a JupyterHub hands out, takes in and gives back."""
