-- What a load did to the states of its parcels, one row of history each. Parameters: source, at, actor, note.
-- Filled in: what a parcel says, kept of those that are in review now.
-- Answers the ids of rows and parcels.
INSERT INTO landparcels_parceltransition (parcel_id, code, action, before, after, at, actor, note, key, content)
SELECT parcel.id, parcel.code, 'import', coalesce(latest.after, 'draft'), parcel.status, %(at)s, %(actor)s, %(note)s, '',
       CASE WHEN parcel.status IN ('submitted', 'approved') THEN {content} END
FROM landparcels_parcel AS parcel
LEFT JOIN LATERAL (
    SELECT step.after FROM landparcels_parceltransition AS step
    WHERE step.parcel_id = parcel.id ORDER BY step.id DESC LIMIT 1
) AS latest ON true
WHERE parcel.source_id = %(source)s AND parcel.status <> coalesce(latest.after, 'draft')
RETURNING id, parcel_id
