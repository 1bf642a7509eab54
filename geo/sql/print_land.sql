-- Regions of a printed map as SVG paths in millimetres, cut to the window and thinned, with a place for each name.
-- Parameters: west, south, east, north (window with margin, Web Mercator), left, top (upper left corner of the paper),
-- scale (mm per metre), thinned (metres), width, height (mm), smallest (mm2 that a name needs; that of a town or park 15 times as much), english.
WITH asked AS MATERIALIZED (
    SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857) AS wide,
           ST_MakeEnvelope(0, 0, %(width)s, %(height)s) AS paper
),
cut AS MATERIALIZED (
    SELECT region.level, region.adcode,
           CASE WHEN %(english)s AND region.name_en <> '' THEN region.name_en ELSE region.name END AS name,
           ST_SetSRID(ST_Scale(ST_Translate(
               ST_CollectionExtract(ST_Simplify(ST_ClipByBox2D(region.web, asked.wide), %(thinned)s), 3),
               -%(left)s::float8, -%(top)s::float8), %(scale)s::float8, %(scale)s::float8), 0) AS shape
    FROM geo_region AS region, asked
    WHERE region.web && asked.wide
),
named AS (
    SELECT cut.*, ST_Scale(shape, 1, -1) AS flipped FROM cut WHERE NOT ST_IsEmpty(shape)
)
SELECT level, name, ST_AsSVG(shape, 0, 2) AS path, ST_X(spot) AS x, ST_Y(spot) AS y
FROM named, asked, LATERAL (
    SELECT CASE WHEN ST_Area(seen) >= %(smallest)s * CASE WHEN level IN ('township', 'park') THEN 15 ELSE 1 END
                THEN ST_PointOnSurface(seen) END AS spot
    FROM (SELECT ST_Intersection(ST_CollectionExtract(ST_MakeValid(flipped), 3), asked.paper) AS seen) AS inside
) AS label
ORDER BY array_position(ARRAY['province', 'city', 'district', 'township', 'park'], level::text), adcode
