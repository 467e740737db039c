package psycap

import "luotsi/server/web"

func mountReports(_ *web.Router, _ *Service) {}
