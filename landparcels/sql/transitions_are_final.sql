-- The history of parcels is only added to; whoever may empty tables in tests switches the trigger off.
CREATE FUNCTION landparcels_history_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of parcels is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON landparcels_parceltransition
    FOR EACH ROW EXECUTE FUNCTION landparcels_history_is_final();
