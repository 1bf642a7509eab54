-- How many rows each H3 cell holds, and sums over them. Parameters: the cells' resolution, then the inner query's own.
SELECT luodi_h3_parent("cell", %s), count(*)::int{sums}
FROM ({inner}) AS row_ ({names})
WHERE "cell" IS NOT NULL
GROUP BY 1
