-- One vector tile of counted H3 cells. Parameters: the cells as WKB in Web Mercator, their numbers, further
-- sums, then z, x, y.
SELECT ST_AsMVT(feature, '{layer}', 4096, 'shape')
FROM (
    SELECT ST_AsMVTGeom(ST_GeomFromWKB(wkb, 3857), tile.box, 4096, 64) AS shape, 1 AS bin, n{names}
    FROM unnest(%s::bytea[], %s::int[]{arrays}) AS cell (wkb, n{names}),
         (SELECT ST_TileEnvelope(%s, %s, %s) AS box) AS tile
) AS feature
