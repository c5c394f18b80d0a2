"""What a reader takes along: a chart's numbers as a workbook, a view as an archive, and a briefing to print."""
