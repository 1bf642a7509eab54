-- Which parcels touch, kept as outlines change: lengths on the ellipsoid, of edges that run within 0.2 m of each other.
-- An update is followed row by row, as column lists and transition tables exclude one another. Of parcels that crowd on
-- one place (the same outline a hundred times) 64 are looked at; outlines that are the same do not touch, they overlap.
CREATE FUNCTION landparcels_shared_metres(own geometry, other geometry, latitude double precision)
RETURNS double precision LANGUAGE sql STABLE PARALLEL SAFE COST 100000 AS $$
    SELECT ST_Length(ST_Transform(
        ST_Intersection(ST_Boundary(own), ST_Buffer(ST_Boundary(other), 0.2 / cos(radians(latitude)), 2)), 4490
    )::geography)
$$;
CREATE FUNCTION landparcels_touching(own bigint, shape geometry, latitude double precision, below bigint)
RETURNS TABLE (other bigint, metres double precision) LANGUAGE sql STABLE PARALLEL SAFE ROWS 4 AS $$
    SELECT near.id, shared.metres
    FROM (
        SELECT id, web FROM landparcels_parcel WHERE web && ST_Expand(shape, 1) AND id < below AND id <> own LIMIT 64
    ) AS near
    CROSS JOIN LATERAL (SELECT landparcels_shared_metres(shape, near.web, latitude) AS metres) AS shared
    WHERE NOT near.web ~= shape AND ST_DWithin(near.web, shape, 1) AND shared.metres >= 20
      AND ST_Area(ST_Intersection(near.web, shape)) <= 0.01 * least(ST_Area(near.web), ST_Area(shape))
$$;
CREATE FUNCTION landparcels_neighbours_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO landparcels_parcelneighbour (first, second, metres)
    SELECT found.other, later.id, found.metres
    FROM changed AS later
    CROSS JOIN LATERAL landparcels_touching(later.id, later.web, ST_Y(later.label_point), later.id) AS found
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION landparcels_neighbours_redrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM landparcels_parcelneighbour WHERE first = NEW.id OR second = NEW.id;
    INSERT INTO landparcels_parcelneighbour (first, second, metres)
    SELECT least(found.other, NEW.id), greatest(found.other, NEW.id), found.metres
    FROM landparcels_touching(NEW.id, NEW.web, ST_Y(NEW.label_point), 9223372036854775807) AS found
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION landparcels_neighbours_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM landparcels_parcelneighbour;
    ELSE
        DELETE FROM landparcels_parcelneighbour AS pair USING gone WHERE pair.first = gone.id;
        DELETE FROM landparcels_parcelneighbour AS pair USING gone WHERE pair.second = gone.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER neighbours_insert AFTER INSERT ON landparcels_parcel
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION landparcels_neighbours_inserted();
CREATE TRIGGER neighbours_update AFTER UPDATE OF outline ON landparcels_parcel
    FOR EACH ROW WHEN (OLD.outline IS DISTINCT FROM NEW.outline) EXECUTE FUNCTION landparcels_neighbours_redrawn();
CREATE TRIGGER neighbours_delete AFTER DELETE ON landparcels_parcel
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION landparcels_neighbours_gone();
CREATE TRIGGER neighbours_truncate AFTER TRUNCATE ON landparcels_parcel
    FOR EACH STATEMENT EXECUTE FUNCTION landparcels_neighbours_gone();
INSERT INTO landparcels_parcelneighbour (first, second, metres)
SELECT found.other, later.id, found.metres
FROM landparcels_parcel AS later
CROSS JOIN LATERAL landparcels_touching(later.id, later.web, ST_Y(later.label_point), later.id) AS found;
