package psycap

import "luotsi/server/web"

func mountGoals(_ *web.Router, _ *Service) {}
