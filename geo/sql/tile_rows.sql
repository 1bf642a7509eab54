-- One vector tile of single rows. Parameters: z, x, y.
WITH asked (z, x, y) AS (VALUES ($1::int, $2::int, $3::int)),
tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS box,
           ST_TileEnvelope(z, x, y, margin => {buffer} / {extent}.0) AS wide,
           40075016.7 / {extent} / (1::bigint << z) AS pixel
    FROM asked
)
SELECT ST_AsMVT(feature, '{layer}', {extent}, 'shape'{identified})
FROM (
    SELECT {identity}ST_AsMVTGeom({shape}, tile.box, {extent}, {buffer}) AS shape{attributes}
    FROM ({inner}) AS row_ ({names}), tile
    WHERE row_.web && tile.wide
) AS feature
