-- What a load did to the states of its parcels, one row of history each. Parameters: source, at, actor, note.
-- Answers the ids of rows and parcels.
INSERT INTO landparcels_parceltransition (parcel_id, code, action, before, after, at, actor, note, key)
SELECT parcel.id, parcel.code, 'import', coalesce(latest.after, 'draft'), parcel.status, %(at)s, %(actor)s, %(note)s, ''
FROM landparcels_parcel AS parcel
LEFT JOIN LATERAL (
    SELECT step.after FROM landparcels_parceltransition AS step
    WHERE step.parcel_id = parcel.id ORDER BY step.id DESC LIMIT 1
) AS latest ON true
WHERE parcel.source_id = %(source)s AND parcel.status <> coalesce(latest.after, 'draft')
RETURNING id, parcel_id
