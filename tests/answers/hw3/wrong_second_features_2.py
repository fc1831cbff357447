"""Wrong answers to q12, written from the notebook of a student alone."""

# answer: q12, ReLU in place, on the images
# breaks: no function changes its arrays
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    images[images < 0] = 0
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)
