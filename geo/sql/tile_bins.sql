-- One vector tile of H3 cells with the number of rows in each. Parameters: z, x, y, then the inner query's own.
WITH asked (z, x, y) AS (VALUES (%s::int, %s::int, %s::int)),
tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS box, ST_TileEnvelope(z, x, y, margin => {buffer} / {extent}.0) AS wide
    FROM asked
),
hexagon AS MATERIALIZED (
    SELECT cell, ST_AsMVTGeom(web, tile.box, {extent}, {buffer}) AS shape
    FROM geo_hexshape, tile
    WHERE resolution = {resolution} AND web && tile.wide
),
counted AS (
    SELECT luodi_h3_parent(row_.cell, {resolution}) AS cell, count(*)::int AS n{sums}
    FROM ({inner}) AS row_ ({names})
    GROUP BY 1
)
SELECT ST_AsMVT(feature, '{layer}', {extent}, 'shape')
FROM (
    SELECT hexagon.shape, 1 AS bin, counted.n{attributes}
    FROM hexagon JOIN counted USING (cell)
) AS feature
