-- How the past of public parcels is kept. Filled in: the columns of a version, the same of OLD, the plain ones of OLD and
-- NEW to be compared, the public states, the time zone whose days count, and the view's columns.
--
-- A public parcel carries since when it stands as it does. A change moves that instant on, and the row that stood before
-- goes into landparcels_parcelversion. Within one day only outline and state make a version: other values that change
-- several times a day leave the day's last, so that a load and what is worked out from it cost nothing here. Setting the
-- instant back says since when a parcel has stood, when that was learnt later: no version follows.
CREATE OR REPLACE FUNCTION landparcels_stamp_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status NOT IN ({public}) THEN
        NEW.shown_since := NULL;
    ELSIF TG_OP = 'INSERT' THEN
        NEW.shown_since := coalesce(NEW.shown_since, statement_timestamp());
    ELSIF OLD.shown_since IS NULL THEN
        NEW.shown_since := coalesce(NEW.shown_since, statement_timestamp());
    ELSIF NEW.shown_since IS NULL THEN
        NEW.shown_since := OLD.shown_since;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.shown_since IS NOT DISTINCT FROM OLD.shown_since AND OLD.shown_since IS NOT NULL
        AND (OLD.status <> NEW.status OR NOT OLD.outline = NEW.outline
             OR (timezone({zone}, OLD.shown_since)::date < timezone({zone}, statement_timestamp())::date
                 AND ({old_plain}) IS DISTINCT FROM ({new_plain})))
    THEN
        NEW.shown_since := statement_timestamp();
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION landparcels_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    until timestamptz := statement_timestamp();
BEGIN
    IF TG_OP = 'UPDATE' THEN until := coalesce(NEW.shown_since, until); END IF;
    INSERT INTO landparcels_parcelversion (parcel, valid_from, valid_to, {columns})
    VALUES (OLD.id, OLD.shown_since, greatest(until, OLD.shown_since), {old_columns});
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER stamp_shown BEFORE INSERT OR UPDATE ON landparcels_parcel
    FOR EACH ROW EXECUTE FUNCTION landparcels_stamp_shown();
CREATE OR REPLACE TRIGGER keep_version AFTER UPDATE ON landparcels_parcel
    FOR EACH ROW WHEN (OLD.shown_since IS NOT NULL AND (NEW.shown_since IS NULL OR NEW.shown_since > OLD.shown_since))
    EXECUTE FUNCTION landparcels_keep_version();
CREATE OR REPLACE TRIGGER keep_version_of_deleted AFTER DELETE ON landparcels_parcel
    FOR EACH ROW WHEN (OLD.shown_since IS NOT NULL AND timezone({zone}, OLD.shown_since)::date < timezone({zone}, now())::date)
    EXECUTE FUNCTION landparcels_keep_version();

DROP VIEW IF EXISTS landparcels_parcelshown;
CREATE VIEW landparcels_parcelshown AS
SELECT id, {columns}, shown_since AS valid_from, NULL::timestamptz AS valid_to, status AS status_now
FROM landparcels_parcel WHERE shown_since IS NOT NULL
UNION ALL
SELECT version.parcel AS id, {version_columns}, version.valid_from, version.valid_to, parcel.status AS status_now
FROM landparcels_parcelversion AS version
LEFT JOIN landparcels_parcel AS parcel ON parcel.id = version.parcel;
