-- Roads of a printed map: one row per name and rank, as SVG path in millimetres, with the middle of its longest piece.
-- Parameters: as print_land.sql (window, paper, scale), major and medium (road classes), ranks (how many are drawn).
WITH asked AS MATERIALIZED (
    SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857) AS wide,
           ST_MakeEnvelope(0, 0, %(width)s, %(height)s) AS paper
),
ranked AS (
    SELECT road.name, road.web,
           CASE WHEN road_class = ANY(%(major)s) THEN 0 WHEN road_class = ANY(%(medium)s) THEN 1 ELSE 2 END AS rank
    FROM geo_road AS road, asked
    WHERE road.web && asked.wide
),
drawn AS (
    SELECT rank, name,
           ST_SetSRID(ST_Scale(ST_Translate(ST_CollectionExtract(ST_Collect(
               ST_Simplify(ST_ClipByBox2D(web, asked.wide), %(thinned)s)), 2),
               -%(left)s::float8, -%(top)s::float8), %(scale)s::float8, %(scale)s::float8), 0) AS line
    FROM ranked, asked
    WHERE rank < %(ranks)s
    GROUP BY rank, name
)
SELECT rank, ST_AsSVG(line, 0, 2) AS path, name, ST_X(spot) AS x, ST_Y(spot) AS y
FROM drawn CROSS JOIN asked LEFT JOIN LATERAL (
    SELECT ST_LineInterpolatePoint(piece.geom, 0.5) AS spot
    FROM ST_Dump(ST_LineMerge(ST_CollectionExtract(ST_Intersection(ST_Scale(line, 1, -1), asked.paper), 2))) AS piece
    WHERE name <> '' AND rank < 2 AND ST_Length(piece.geom) > 0
    ORDER BY ST_Length(piece.geom) DESC LIMIT 1
) AS label ON true
ORDER BY rank DESC, name
