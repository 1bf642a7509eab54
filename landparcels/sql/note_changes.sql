-- Triggers that write ParcelChange. They fire after bump_version (by name), which holds the counter until the commit,
-- so that changes are numbered in the order in which others come to see them.
CREATE FUNCTION landparcels_note_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most CONSTANT integer := 5000;
    kept CONSTANT integer := 200;
    now_at bigint;
    touched bigint;
BEGIN
    SELECT stamp INTO now_at FROM geo_dataversion WHERE name = 'parcels';
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO landparcels_parcelchange (stamp, parcel) VALUES (now_at, NULL);
    ELSE
        SELECT count(*) INTO touched FROM (SELECT FROM changed LIMIT most + 1) AS few;
        IF touched = 0 THEN
            INSERT INTO landparcels_parcelchange (stamp, parcel) VALUES (now_at, 0);
        ELSIF touched > most THEN
            INSERT INTO landparcels_parcelchange (stamp, parcel) VALUES (now_at, NULL);
        ELSE
            INSERT INTO landparcels_parcelchange (stamp, parcel) SELECT now_at, id FROM changed;
        END IF;
    END IF;
    DELETE FROM landparcels_parcelchange WHERE stamp <= now_at - kept;
    RETURN NULL;
END $$;
CREATE TRIGGER note_changes_insert AFTER INSERT ON landparcels_parcel
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION landparcels_note_changes();
CREATE TRIGGER note_changes_update AFTER UPDATE ON landparcels_parcel
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION landparcels_note_changes();
CREATE TRIGGER note_changes_delete AFTER DELETE ON landparcels_parcel
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION landparcels_note_changes();
CREATE TRIGGER note_changes_truncate AFTER TRUNCATE ON landparcels_parcel
    FOR EACH STATEMENT EXECUTE FUNCTION landparcels_note_changes();
