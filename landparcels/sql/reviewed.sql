-- What a reviewer judges of a parcel, as JSON. Filled in: the parcel's columns that count. An unknown is not there.
jsonb_strip_nulls((SELECT to_jsonb(told) FROM (SELECT {columns}) AS told))
|| jsonb_build_object(
    'outline', md5(ST_AsBinary(parcel.outline)),
    'documents', coalesce((
        SELECT jsonb_object_agg(document.id::text, jsonb_build_object(
            'name', document.name, 'kind', document.kind, 'dated', document.dated,
            'public', document.public, 'sha256', document.sha256))
        FROM landparcels_parceldocument AS document WHERE document.parcel_id = parcel.id
    ), '{{}}')
)
