-- Pairs of parcels that share more than a given part of the smaller one. Parameters: source (one of the two came with it), share.
SELECT own.code, other.code, shared.part
FROM landparcels_parcel AS own
JOIN landparcels_parcel AS other
    ON own.web && other.web AND own.id <> other.id
    AND (other.source_id IS DISTINCT FROM own.source_id OR own.code < other.code)
    AND ST_Intersects(own.outline, other.outline)
CROSS JOIN LATERAL (
    SELECT ST_Area(ST_Intersection(own.outline, other.outline))
           / nullif(least(ST_Area(own.outline), ST_Area(other.outline)), 0) AS part
) AS shared
WHERE own.source_id = %(source)s AND shared.part > %(share)s
ORDER BY own.code, other.code
LIMIT 1000
