-- Which parcels touch, kept as outlines change: lengths on the ellipsoid, of edges that run within 0.2 m of each other.
-- Transition tables and column lists exclude one another, so an update is followed row by row.
CREATE FUNCTION landparcels_shared_metres(own geometry, other geometry, latitude double precision)
RETURNS double precision LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ST_Length(ST_Transform(
        ST_Intersection(ST_Boundary(own), ST_Buffer(ST_Boundary(other), 0.2 / cos(radians(latitude)), 2)), 4490
    )::geography)
$$;
CREATE FUNCTION landparcels_neighbours_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO landparcels_parcelneighbour (first, second, metres)
    SELECT earlier.id, later.id, shared.metres
    FROM changed AS later
    JOIN landparcels_parcel AS earlier ON earlier.web && ST_Expand(later.web, 1) AND earlier.id < later.id
    CROSS JOIN LATERAL (
        SELECT landparcels_shared_metres(later.web, earlier.web, ST_Y(later.label_point)) AS metres
    ) AS shared
    WHERE ST_DWithin(earlier.web, later.web, 1) AND shared.metres >= 20
      AND ST_Area(ST_Intersection(earlier.web, later.web)) <= 0.01 * least(ST_Area(earlier.web), ST_Area(later.web))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION landparcels_neighbours_redrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM landparcels_parcelneighbour WHERE first = NEW.id OR second = NEW.id;
    INSERT INTO landparcels_parcelneighbour (first, second, metres)
    SELECT least(other.id, NEW.id), greatest(other.id, NEW.id), shared.metres
    FROM landparcels_parcel AS other
    CROSS JOIN LATERAL (
        SELECT landparcels_shared_metres(NEW.web, other.web, ST_Y(NEW.label_point)) AS metres
    ) AS shared
    WHERE other.web && ST_Expand(NEW.web, 1) AND other.id <> NEW.id
      AND ST_DWithin(other.web, NEW.web, 1) AND shared.metres >= 20
      AND ST_Area(ST_Intersection(other.web, NEW.web)) <= 0.01 * least(ST_Area(other.web), ST_Area(NEW.web))
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
SELECT earlier.id, later.id, shared.metres
FROM landparcels_parcel AS later
JOIN landparcels_parcel AS earlier ON earlier.web && ST_Expand(later.web, 1) AND earlier.id < later.id
CROSS JOIN LATERAL (
    SELECT landparcels_shared_metres(later.web, earlier.web, ST_Y(later.label_point)) AS metres
) AS shared
WHERE ST_DWithin(earlier.web, later.web, 1) AND shared.metres >= 20
  AND ST_Area(ST_Intersection(earlier.web, later.web)) <= 0.01 * least(ST_Area(earlier.web), ST_Area(later.web));
