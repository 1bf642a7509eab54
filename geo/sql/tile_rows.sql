-- One vector tile of single rows. Parameters: z, x, y. The tile's box is worked out once, before the first row.
SELECT ST_AsMVT(feature, '{layer}', {extent}, 'shape'{identified})
FROM (
    SELECT {identity}ST_AsMVTGeom(
               {shape}, (SELECT ST_TileEnvelope($1::int, $2::int, $3::int)::box2d), {extent}, {buffer}
           ) AS shape{attributes}
    FROM ({inner}) AS row_ ({names})
    WHERE row_.web && (SELECT ST_TileEnvelope($1::int, $2::int, $3::int, margin => {buffer} / {extent}.0))
) AS feature
